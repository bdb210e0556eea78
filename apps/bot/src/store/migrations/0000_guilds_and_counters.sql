CREATE TABLE IF NOT EXISTS `guilds` (
  `id` text PRIMARY KEY NOT NULL,
  `channel` text NOT NULL,
  `hour` integer NOT NULL,
  `language` text NOT NULL,
  `keeper` text NOT NULL,
  `is_on` integer NOT NULL,
  `last_day` integer NOT NULL,
  `leased_until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS `counters` (
  `name` text PRIMARY KEY NOT NULL,
  `value` integer NOT NULL
);
