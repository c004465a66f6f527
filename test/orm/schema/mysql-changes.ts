/** The SQL of each change in MySQL and MariaDB; a guard is a query that must give no row. */
export const mysqlChanges: Readonly<Record<string, readonly string[]>> = {
  "create a table": [
    "CREATE TABLE `users` (\n  `id` int NOT NULL AUTO_INCREMENT,\n  `email` varchar(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT 'it''s',\n  `active` tinyint(1) NOT NULL DEFAULT 1,\n  PRIMARY KEY (`id`),\n  CONSTRAINT `users_email_key` UNIQUE (`email`),\n  CONSTRAINT `users_active_check` CHECK (`active` IN (0, 1))\n) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
  ],
  "drop a table": ["loses: DROP TABLE `users`"],
  "rename a table": [
    "RENAME TABLE `users` TO `people`",
    "ALTER TABLE `people` DROP CONSTRAINT `users_age_check`",
    "ALTER TABLE `people` ADD CONSTRAINT `people_age_check` CHECK (`age` > 0)",
  ],
  "add a column": ["ALTER TABLE `users` ADD COLUMN `age` int NULL"],
  "add a column that must have a value": [
    "guard: SELECT 1 FROM `users` LIMIT 1",
    "ALTER TABLE `users` ADD COLUMN `age` int NOT NULL",
  ],
  "drop a column": ["loses: ALTER TABLE `users` DROP COLUMN `age`"],
  "rename a column": [
    "ALTER TABLE `users` RENAME COLUMN `age` TO `years`",
    "ALTER TABLE `users` RENAME INDEX `users_age_idx` TO `users_years_idx`",
  ],
  "change a type": [
    "ALTER TABLE `users` MODIFY COLUMN `age` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL",
  ],
  "shorten a text": [
    "guard: SELECT 1 FROM `users` WHERE CHAR_LENGTH(`email`) > 20 LIMIT 1",
    "ALTER TABLE `users` MODIFY COLUMN `email` varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL",
  ],
  "forbid nulls": [
    "guard: SELECT 1 FROM `users` WHERE `age` IS NULL LIMIT 1",
    "ALTER TABLE `users` MODIFY COLUMN `age` int NOT NULL",
  ],
  "change a default": ["ALTER TABLE `users` MODIFY COLUMN `age` int NULL DEFAULT 18"],
  "add an index": ["CREATE INDEX `users_age_idx` ON `users` (`age`)"],
  "drop an index": ["ALTER TABLE `users` DROP INDEX `users_age_idx`"],
  "add a unique constraint": [
    "guard: SELECT 1 FROM `users` WHERE `age` IS NOT NULL GROUP BY `age` HAVING count(*) > 1 LIMIT 1",
    "ALTER TABLE `users` ADD CONSTRAINT `users_age_key` UNIQUE (`age`)",
  ],
  "drop a unique constraint": ["ALTER TABLE `users` DROP INDEX `users_age_key`"],
  "add a check": ["ALTER TABLE `users` ADD CONSTRAINT `users_age_check` CHECK (`age` > 0)"],
  "drop a check": ["ALTER TABLE `users` DROP CONSTRAINT `users_age_check`"],
  "add a foreign key": [
    "CREATE INDEX `posts_author_id_fkey` ON `posts` (`author_id`)",
    "ALTER TABLE `posts` ADD CONSTRAINT `posts_author_id_fkey` FOREIGN KEY (`author_id`) REFERENCES `users` (`id`) ON DELETE CASCADE",
  ],
  "drop a foreign key": [
    "ALTER TABLE `posts` DROP FOREIGN KEY `posts_author_id_fkey`",
    "ALTER TABLE `posts` DROP INDEX `posts_author_id_fkey`",
  ],
  "change the primary key": [
    "ALTER TABLE `users` MODIFY COLUMN `id` int NOT NULL",
    "guard: SELECT 1 FROM `users` WHERE `id` IS NOT NULL AND `age` IS NOT NULL GROUP BY `id`, `age` HAVING count(*) > 1 LIMIT 1",
    "ALTER TABLE `users` DROP PRIMARY KEY, ADD PRIMARY KEY (`id`, `age`)",
  ],
};
