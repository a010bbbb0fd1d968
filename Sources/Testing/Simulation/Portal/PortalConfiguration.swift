import ServiceKit

/// How a simulated national portal is set up. What generation A leaves open is a choice here, with a name.
package struct PortalConfiguration: Sendable {
  package var loginPath = "/login"
  package var servicePath = "/service"
  /// Where only dictionaries are answered; they are answered at `servicePath` too.
  package var sharePath = "/share"
  package var username = "demo"
  package var password = "demo"
  /// The header `dstcode` that every call must bear; nil asks for none.
  package var destinationCode: String?
  /// The values of `madonvi` that are let in; empty lets every well-formed code in.
  package var agencies: Set<String> = []
  /// How long a session lives. The real life is not documented.
  package var sessionLife: Duration = .seconds(30 * 60)
  package var codeStyle = PortalCodeStyle.rotating
  /// Whether the fields that only newer clients send (`NoiNopHoSo`, `DinhDanhCHS` …) must be there.
  package var asksForNewerFields = false
  package var limits = PortalLimits()

  package init() {}
}

/// What a simulated portal takes at most. No limit of the real portal is known; these are choices.
package struct PortalLimits: Sendable {
  package var elementsPerCall = 100
  package var dossiers = 100_000
  package var sessions = 1_000
  /// Complaints told in one message; the rest is counted.
  package var complaintsTold = 8

  package init() {}
}

/// How a portal writes `error_code`: all of these are seen in the field.
package enum PortalCodeStyle: Sendable, Equatable {
  /// Each answer in the next form, so that a client that knows only one is found out.
  case rotating
  case always(PortalCodeForm)
}

/// One way to write `error_code`.
package enum PortalCodeForm: String, Sendable, CaseIterable {
  /// `0`
  case number
  /// `"0"`
  case text
  /// `"00"`; failures, for which no two-digit form was seen, are written as text.
  case doubleText
}
