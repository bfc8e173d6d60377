//! Documents with numbers that have no gaps: the counter of a series and the document go into one transaction, so that a number is
//! used exactly if its document is there. Only the worker writes here, never a buyer's request.

use crate::catalog::Part;
use crate::database::{DatabaseError, Item, Transaction, n, pause, s, transact};
use crate::{ListPage, Store, key, record};
use aws_sdk_dynamodb::types::{Put, TransactWriteItem, Update};
use domain::id::{OrganizationId, PaymentId};
use domain::invoice::{Document, DocumentContent, DocumentKind, FinancialYear};
use domain::organization::InvoicePrefix;

/// How often a number that somebody else used first is exchanged for the next before the message comes again.
const NUMBER_RETRIES_MAX: u32 = 8;

/// Why a document could not be issued.
#[derive(Debug, thiserror::Error)]
pub enum IssueDocumentError {
    /// No further number has a place in sixteen characters. The organization can choose a shorter prefix.
    #[error("the series {0} of {1} is full")]
    SeriesFull(FinancialYear, OrganizationId),
    /// The database could not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl Store {
    /// Patterns 93 to 95: gives a document the next number of its series and writes it, both or neither. Of one posting there is one
    /// document: if it was issued before, it is returned as it is and no number is used.
    pub async fn issue_document(&self, content: &DocumentContent, prefix: &InvoicePrefix) -> Result<Document, IssueDocumentError> {
        let organization = &content.seller.organization_id;
        for attempt in 0..=NUMBER_RETRIES_MAX {
            let serial = self.next_serial(organization, content.kind, &content.financial_year).await?;
            let full = || IssueDocumentError::SeriesFull(content.financial_year.clone(), organization.clone());
            let document = content.clone().numbered(prefix, serial).ok_or_else(full)?;
            let writes = vec![self.count_up(&document)?, self.put_document(&document)?];
            match transact(&self.client, "issue a document", writes).await? {
                Transaction::Done => return Ok(document),
                Transaction::Refused(refused) if refused.get(1) == Some(&true) => {
                    let issued = self.document(&content.payment_id, &content.posting).await?;
                    return issued.ok_or_else(|| DatabaseError::Contended { operation: "issue a document" }.into());
                }
                // Somebody else has this number.
                Transaction::Refused(_) => pause(&self.client, attempt).await,
            }
        }
        Err(DatabaseError::Contended { operation: "issue a document" }.into())
    }

    /// Pattern 93: the number that the next document of a series gets. Advice only: the transaction repeats it in its condition.
    async fn next_serial(&self, organization: &OrganizationId, kind: DocumentKind, year: &FinancialYear) -> Result<u32, DatabaseError> {
        let item = self.get(self.main(), &key::series(organization, kind, year)).await?;
        item.map_or(Ok(1), |item| record::number(&item, "next"))
    }

    fn count_up(&self, document: &Document) -> Result<TransactWriteItem, DatabaseError> {
        let DocumentContent { seller, kind, financial_year, .. } = &document.content;
        let key = key::series(&seller.organization_id, *kind, financial_year);
        let first = "attribute_not_exists(pk)";
        let update = Update::builder()
            .table_name(self.main())
            .key("pk", key.pk())
            .key("sk", key.sk())
            .update_expression("SET #next = :after")
            .expression_attribute_names("#next", "next")
            .expression_attribute_values(":after", n(u64::from(document.serial) + 1));
        let update = match document.serial {
            1 => update.condition_expression(first),
            serial => update.condition_expression("#next = :serial").expression_attribute_values(":serial", n(serial)),
        };
        Ok(TransactWriteItem::builder().update(update.build().map_err(DatabaseError::unreadable)?).build())
    }

    fn put_document(&self, document: &Document) -> Result<TransactWriteItem, DatabaseError> {
        let put = Put::builder()
            .table_name(self.main())
            .set_item(Some(document_item(document)?))
            .condition_expression("attribute_not_exists(pk)");
        Ok(TransactWriteItem::builder().put(put.build().map_err(DatabaseError::unreadable)?).build())
    }

    /// Pattern 95: the document of a posting, strongly consistent.
    async fn document(&self, payment: &PaymentId, posting: &str) -> Result<Option<Document>, DatabaseError> {
        self.get(self.main(), &key::document(payment, posting)).await?.map(|item| document_from(&item)).transpose()
    }

    /// Pattern 96: a payment's documents, the invoice first, then credit notes by number. Strongly consistent.
    pub async fn documents_of(&self, payment: &PaymentId) -> Result<Vec<Document>, DatabaseError> {
        let request = self
            .client
            .query()
            .table_name(self.main())
            .key_condition_expression("pk = :pk AND begins_with(sk, :document)")
            .expression_attribute_values(":pk", s(key::payment(payment).pk))
            .expression_attribute_values(":document", s(key::DOCUMENT_PREFIX))
            .consistent_read(true);
        let output = request.send().await.map_err(|error| DatabaseError::of("read documents", error))?;
        let mut documents: Vec<Document> = output.items().iter().map(document_from).collect::<Result<_, _>>()?;
        documents.sort_by_key(|document| (document.content.kind, document.content.date, document.serial));
        Ok(documents)
    }

    /// Pattern 97: an organization's documents of one kind and year by number, a page at a time; new ones come a moment late.
    pub async fn documents_of_organization(
        &self,
        organization: &OrganizationId,
        kind: DocumentKind,
        year: &FinancialYear,
        after: Option<String>,
        limit: u16,
    ) -> Result<ListPage<Document>, DatabaseError> {
        let partition = key::gsi_documents(organization, kind, year);
        // Every position is greater than this.
        let part = Part::After(after.unwrap_or_else(|| " ".to_owned()));
        let (items, more) = self.index_page("list an organization's documents", partition, part, limit).await?;
        let next = items.last().filter(|_| more).map(|(position, _)| position.clone());
        let items = items.into_iter().map(|(_, item)| document_from(&item)).collect::<Result<_, _>>()?;
        Ok(ListPage { items, next })
    }
}

/// What was issued is kept as it was said: one text, which no later version of ours reads otherwise.
fn document_item(document: &Document) -> Result<Item, DatabaseError> {
    let DocumentContent { payment_id, posting, seller, kind, financial_year, .. } = &document.content;
    let mut item = key::document(payment_id, posting).attributes();
    item.extend(key::gsi(key::gsi_documents(&seller.organization_id, *kind, financial_year), key::gsi_serial_position(document.serial)));
    item.insert("document".to_owned(), s(serde_json::to_string(document).map_err(DatabaseError::unreadable)?));
    Ok(item)
}

fn document_from(item: &Item) -> Result<Document, DatabaseError> {
    let text: String = record::text(item, "document")?;
    serde_json::from_str(&text).map_err(DatabaseError::unreadable)
}
