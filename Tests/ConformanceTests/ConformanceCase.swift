/// What every profile has to stand. A new one gets all of it for nothing.
enum ConformanceCase: String, CaseIterable {
  case happy
  case alreadyThere
  case expiredSession
  case retry
  case refusal
  case garbage
  case timeoutAfterSend
  case halfAnswer
  case down
  case wrongContentType
  case hugeAnswer
  case largeAttachment
  case unicode
  case resent
  case order
  case networkTwice
  case overtaken
  case clockSkew
  case wrongSecret
  case sizeLimit
  case inbound
  case inboundRepeated
  case inboundGarbage
  case polled
  case polledNothing
  case polledOutage
  case polledAgain
  case polledExpiredSession
  case polledUntakable
  case polledMany
  case inboundForged
  case lookup
  case lookupUnknown
  case lookupFaults
  case oneSession

  /// What it shows, for the matrix.
  var sentence: String {
    switch self {
    case .happy: "every example arrives as its golden document says"
    case .alreadyThere: "a dossier that the partner has is delivered all the same"
    case .expiredSession: "a session that the partner forgot is renewed, and the message arrives"
    case .retry: "500, 503 with `Retry-After`, and a cut connection: tried again until it is there"
    case .refusal: "a refusal is final, and stops nobody else"
    case .garbage: "a page of HTML with 200 is no yes"
    case .timeoutAfterSend: "no answer after the work was done: sent again, and there once where the partner can tell"
    case .halfAnswer: "an answer that breaks off is no answer"
    case .down: "a partner that is not there gets everything when it is back"
    case .wrongContentType: "the right answer under a wrong `Content-Type` is read"
    case .hugeAnswer: "an answer without end is given up, and is no yes"
    case .largeAttachment: "a file of 4 MiB inside the dossier arrives whole"
    case .unicode: "Vietnamese letters arrive composed or decomposed, as they were sent"
    case .resent: "the same message lodged twice goes out once"
    case .order: "what follows in a dossier does not overtake what failed"
    case .networkTwice: "a request that the network brings twice is one message where the partner can tell"
    case .overtaken: "a request that another overtakes on the way does no harm, and its dossier's next waits for it"
    case .clockSkew: "a partner whose clock is an hour behind is tried again, whatever time its `Retry-After` names"
    case .wrongSecret: "with a wrong secret nothing is lost or refused, and the partner's door is not hammered"
    case .sizeLimit:
      "a message of 16 MiB is taken and arrives, or is told to be refused there; one byte more is refused here and nothing is kept"
    case .inbound: "every example the partner sends is read as its golden document says"
    case .inboundRepeated: "the same message twice is one message"
    case .polled: "every example that the partner has for us when it is asked is read as its golden document says"
    case .polledNothing: "that there is nothing is no failure, and brings nothing"
    case .polledOutage:
      "what cannot be read (a page of HTML with 200, a folder that is gone) is an outage and not an empty list; what was there comes afterwards"
    case .polledAgain: "the same item is one message, also when the gateway was started anew in between"
    case .polledExpiredSession: "a session that the partner forgot is renewed, and the item comes"
    case .polledUntakable: "an item that cannot be taken is kept with its bytes, and keeps no other one back"
    case .polledMany: "a long list comes whole, page by page, each item once"
    case .inboundGarbage: "half a message is refused with its place, and nothing is kept"
    case .inboundForged: "a message without the right key or checksum is turned away, and nothing is kept"
    case .lookup: "every lookup is answered as its golden document says"
    case .lookupUnknown: "what the partner does not have is told as its own no, and is no answer"
    case .lookupFaults: "a lookup that fails is no “not there”; a lost session is renewed"
    case .oneSession:
      "deliveries, polls and lookups go by one session: a partner that ends it when its account logs in again is logged in to once"
    }
  }
}
