-- What could not be read, and why.
select source_id, reason, locator, detail
from rejected_documents
order by source_id, reason, locator
limit 40
