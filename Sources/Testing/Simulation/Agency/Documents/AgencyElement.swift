/// One element of an OpenCPS LGSP document as the simulated agency checks it: written down from the description of the
/// format and on purpose not from the gateway's own schemas.
struct AgencyElement: Sendable {
  enum Presence: Sendable {
    case required
    case optional
    case repeated
  }

  indirect enum Form: Sendable {
    case text
    /// A text that says something.
    case filled
    case whole
    case truth
    case time
    /// A time, or OpenCPS's text for "no such date".
    case timeOrNone
    case amount
    case base64
    case group([AgencyElement])
  }

  /// The first is the one that is written; others are misspellings that are read.
  let names: [String]
  let presence: Presence
  let form: Form

  init(_ name: String, _ presence: Presence, _ form: Form, alsoRead misspelling: String? = nil) {
    names = [name] + [misspelling].compactMap { $0 }
    self.presence = presence
    self.form = form
  }

  var name: String { names[0] }
}
