import HTTPKit

/// The login of a profile, laid out for one party: the request never changes.
struct DestinationLogin: Sendable {
  let call: ResolvedCall
  let body: [UInt8]
  let reader: LoginReader
}
