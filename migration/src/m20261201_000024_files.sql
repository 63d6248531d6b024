-- Names of files end as their content is.
UPDATE document SET name = substr(name, 1, 250) || '.pdf' WHERE content_type = 'application/pdf' AND lower(name) NOT LIKE '%.pdf';
UPDATE document SET name = substr(name, 1, 250) || '.jpg' WHERE content_type = 'image/jpeg' AND lower(name) NOT LIKE '%.jpg' AND lower(name) NOT LIKE '%.jpeg';
UPDATE document SET name = substr(name, 1, 250) || '.png' WHERE content_type = 'image/png' AND lower(name) NOT LIKE '%.png';
UPDATE document SET name = substr(name, 1, 250) || '.ofd' WHERE content_type = 'application/ofd' AND lower(name) NOT LIKE '%.ofd';
UPDATE document SET name = substr(name, 1, 250) || '.docx'
    WHERE content_type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' AND lower(name) NOT LIKE '%.docx';
UPDATE document SET name = substr(name, 1, 250) || '.xlsx'
    WHERE content_type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' AND lower(name) NOT LIKE '%.xlsx';
UPDATE document SET name = substr(name, 1, 250) || '.csv' WHERE content_type = 'text/csv' AND lower(name) NOT LIKE '%.csv'
    AND lower(name) NOT LIKE '%.tsv' AND lower(name) NOT LIKE '%.txt';

-- What an account has uploaded is counted.
CREATE INDEX document_by_uploader ON document (uploaded_by, uploaded_at);
