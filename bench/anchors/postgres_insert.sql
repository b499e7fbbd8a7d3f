INSERT INTO anchor_rows (body) VALUES (decode(repeat('ab', 1024), 'hex'));
