import DossierModel

/// Walks through ledger and lists side by side, and gives what they say dossier by dossier. It holds one dossier at a time.
package struct ListMerge {
  private var ledger: Cursor<LedgerDossier>
  private var sender: Cursor<ListedDossier>?
  private var portal: Cursor<ListedDossier>?

  package init(
    ledger: any OrderedList<LedgerDossier>, sender: (any OrderedList<ListedDossier>)?,
    portal: (any OrderedList<ListedDossier>)?
  ) throws(ListError) {
    self.ledger = try Cursor(ledger, name: "the ledger") { $0.listed.code }
    if let sender { self.sender = try Cursor(sender, name: "the sender's list") { $0.code } }
    if let portal { self.portal = try Cursor(portal, name: "the portal's list") { $0.code } }
  }

  /// The next dossier that any of them has; nil behind the last. `.unordered` when rows come out of order.
  package mutating func next() throws(ListError) -> DossierGroup? {
    let codes = [ledger.code, sender?.code, portal?.code].compactMap(\.self)
    guard let code = codes.min(by: { $0.precedes($1) }) else { return nil }
    var group = DossierGroup(code)
    group.ledger = try ledger.take(code).first
    group.sender = try sender?.take(code) ?? []
    group.portal = try portal?.take(code)
    return group
  }

  /// A list and its next row.
  private struct Cursor<Row> {
    private var list: any OrderedList<Row>
    private var head: Row?
    private let name: String
    private let key: (Row) -> DossierCode

    init(_ list: any OrderedList<Row>, name: String, key: @escaping (Row) -> DossierCode) throws(ListError) {
      self.list = list
      self.name = name
      self.key = key
      head = try self.list.next()
    }

    var code: DossierCode? { head.map(key) }

    /// The rows of this code, none when the list has it not.
    mutating func take(_ code: DossierCode) throws(ListError) -> [Row] {
      var rows: [Row] = []
      while let row = head, key(row) == code {
        rows.append(row)
        head = try list.next()
        if let following = self.code, following.precedes(code) {
          throw ListError(.unordered, "\(name) does not come in the order of its codes")
        }
      }
      return rows
    }
  }
}
