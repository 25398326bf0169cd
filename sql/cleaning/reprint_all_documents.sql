-- Choose all documents, to group all articles anew. Input: all_documents.
create temp view documents as
select * from all_documents
