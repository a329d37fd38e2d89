-- STR-04: each consultation place of a structure has its own hours; empty, those of the structure hold.
alter table directory.structure_place add column hours jsonb not null default '[]';
