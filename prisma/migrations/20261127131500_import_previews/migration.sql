-- Rows of people stay in a preview only while a decision about the import is open; what was decided before keeps its figures.
UPDATE "import_batch" SET "preview" = "preview" || '{"rows": [], "notes": []}'::jsonb
 WHERE "state" NOT IN ('reading', 'previewed') AND jsonb_typeof("preview") = 'object' AND "preview" <> '{}'::jsonb;
