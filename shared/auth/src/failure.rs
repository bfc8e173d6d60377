//! What Cognito says that no caller can act on.

use aws_sdk_cognitoidentityprovider::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};

/// Cognito could not be reached, or answered what none of our requests should bring about.
///
/// It keeps the exception's name, never its message: messages may repeat what somebody typed.
#[derive(Debug, thiserror::Error)]
#[error("Cognito could not {operation}: {cause}")]
pub struct CognitoFailure {
    operation: &'static str,
    cause: String,
}

impl CognitoFailure {
    /// An error of the SDK that has no name of its own here.
    pub(crate) fn of<E: ProvideErrorMetadata>(operation: &'static str, error: &SdkError<E>) -> Self {
        let cause = match error {
            SdkError::ServiceError(service) => service.err().code().unwrap_or("an exception without a name").to_owned(),
            SdkError::DispatchFailure(failure) => match failure.as_connector_error() {
                Some(connector) => format!("not reached: {}", DisplayErrorContext(connector)),
                None => "not reached".to_owned(),
            },
            SdkError::TimeoutError(_) => "no answer in time".to_owned(),
            SdkError::ConstructionFailure(_) => "the request could not be built".to_owned(),
            _ => "the answer could not be read".to_owned(),
        };
        Self { operation, cause }
    }

    /// An answer without something that it must have.
    pub(crate) fn answer(operation: &'static str, cause: impl Into<String>) -> Self {
        Self { operation, cause: cause.into() }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use aws_sdk_cognitoidentityprovider::config::http::HttpResponse;
    use aws_sdk_cognitoidentityprovider::error::ErrorMetadata;
    use aws_sdk_cognitoidentityprovider::operation::sign_up::SignUpError;

    /// What the SDK returns for this exception.
    pub(crate) fn refused<E>(error: E) -> SdkError<E> {
        let status = 400.try_into().expect("a status");
        SdkError::service_error(error, HttpResponse::new(status, "".into()))
    }

    #[test]
    fn a_failure_names_the_exception_but_never_its_message() {
        let exception = ErrorMetadata::builder().code("InternalErrorException").message("for ann@example.org").build();
        let failure = CognitoFailure::of("sign up", &refused(SignUpError::generic(exception)));
        assert_eq!(failure.to_string(), "Cognito could not sign up: InternalErrorException");
        assert!(!format!("{failure:?}").contains("ann@example.org"));
    }
}
