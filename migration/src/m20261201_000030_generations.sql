-- The oldest generation of programs that may write here.
CREATE TABLE oldest_program (
    id integer PRIMARY KEY NOT NULL CHECK (id = 1),
    generation integer NOT NULL
);
INSERT INTO oldest_program (id, generation) VALUES (1, 1);
