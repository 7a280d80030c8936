-- CreateTable
CREATE TABLE "policy_version" (
    "version" INTEGER NOT NULL,
    "body" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_user_id" UUID,

    CONSTRAINT "policy_version_pkey" PRIMARY KEY ("version")
);
