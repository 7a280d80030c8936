-- Names are found although they are spelled differently: trigrams of PostgreSQL's own extension, which the owner of a database may add.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX "teacher_name_likeness" ON "teacher" USING gin ("name" gin_trgm_ops);
CREATE INDEX "school_name_likeness" ON "school" USING gin ("name" gin_trgm_ops);
