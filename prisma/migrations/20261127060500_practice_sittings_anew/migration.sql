-- Until now practice sittings held the newest forms, which count. Those forms are taken from the seats and from the choice of the cycle;
-- the sittings are prepared anew with practice forms. Begun attempts keep the form that they were begun with.
DELETE FROM "seat_form" USING "seat" s JOIN "sitting" t ON t."id" = s."sitting_id" JOIN "cycle" c ON c."id" = t."cycle_id", "form" f
 WHERE s."id" = "seat_form"."seat_id" AND f."id" = "seat_form"."form_id" AND c."practice" AND NOT c."rehearsal" AND NOT f."practice";
DELETE FROM "cycle_form" USING "cycle" c, "form" f
 WHERE c."id" = "cycle_form"."cycle_id" AND f."id" = "cycle_form"."form_id" AND c."practice" AND NOT c."rehearsal" AND NOT f."practice";
UPDATE "sitting" SET "frozen_at" = NULL FROM "cycle" c WHERE c."id" = "sitting"."cycle_id" AND c."practice" AND NOT c."rehearsal";
