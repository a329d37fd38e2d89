-- What a participant accepts: at most so many patients in excess, and that his vendor's slots are shown (AGR-04).
alter table participation.participation
  add column half_day_cap int check (half_day_cap between 1 and 50),
  add column week_cap int check (week_cap between 1 and 200),
  add column upload boolean not null default true;
