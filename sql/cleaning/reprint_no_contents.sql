-- Where no article has several documents, no texts need be compared.
create temp table contents (
    article_id varchar not null,
    document_id varchar not null,
    landed_on date not null,
    content_sha256 varchar not null
)
