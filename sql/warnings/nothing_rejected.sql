-- Documents of the last landing day on record that could not be read.
select source_id, locator, reason, detail
from rejected_documents
where landed_on = (select max(latest.landed_on) from landed_documents as latest)
order by source_id, locator, reason
