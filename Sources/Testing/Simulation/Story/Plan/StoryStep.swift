/// One step of the demo: who does something, or what must be seen, and within what time.
package struct StoryStep: Sendable, Equatable {
  package enum Action: Sendable, Equatable {
    /// The one-stop system logs in at the gateway's generation-A door.
    case login
    /// The one-stop system sends a dossier with `DongBoHoSoMC`.
    case send(document: String, isUpdate: Bool)
    /// The gateway refuses a dossier in generation A's own tongue and names the field.
    case refused(document: String, field: String)
    /// The same document to `POST /v1/messages` is answered 422 with a problem document that names the field.
    case problem(document: String, field: String)
    /// A delivery reaches its destination; `whileOpen` names one that must still be open at that moment.
    case delivered(document: String, party: String, whileOpen: Delivery?)
    /// A delivery is put off.
    case deferred(document: String, party: String)
    /// The portal shows a progress entry with this status.
    case progress(document: String, status: String)
    /// The gateway has accepted an agency's result.
    case reported(document: String, agency: String)
    /// The one-stop system finds the agency's result in its inbox at the gateway, and gives receipts up to it.
    case pulled(document: String)
    /// The portal shows the dossier with this status and at least one result.
    case result(document: String, status: String)
    /// A citizen hands in a dossier on the platform.
    case submitted(document: String)
    /// The gateway has the dossier and has told the platform so.
    case fetched(document: String)
    /// A partner that a file describes has the dossier.
    case reached(document: String, party: String)
    /// The gateway has accepted so many messages of a partner about the dossier.
    case answered(document: String, party: String, times: Int)
    /// The platform was told this status.
    case told(document: String, status: String)
    /// An agency is not there for some time.
    case down(agency: String, lasting: Duration)
  }

  package struct Delivery: Sendable, Equatable {
    package var document: String
    package var party: String

    package init(document: String, party: String) {
      self.document = document
      self.party = party
    }
  }

  package var action: Action
  package var within: Duration
  package var vietnamese: String
  package var english: String

  package init(action: Action, within: Duration, vietnamese: String, english: String) {
    self.action = action
    self.within = within
    self.vietnamese = vietnamese
    self.english = english
  }
}

/// A dossier's story: a title and its steps.
package struct StoryScene: Sendable, Equatable {
  package var vietnamese: String
  package var english: String
  package var steps: [StoryStep]

  package init(vietnamese: String, english: String, steps: [StoryStep]) {
    self.vietnamese = vietnamese
    self.english = english
    self.steps = steps
  }
}
