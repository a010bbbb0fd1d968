package import DossierModel

/// What another version of a mapping would have made of messages that a gateway has accepted.
package struct ReplayReport: Sendable {
  /// One kind of difference, and the messages that show it.
  package struct Pattern: Sendable {
    /// Such as `~ TrangThaiHoSo: "4" → "5"`, `+ DanhSachLePhi/Gia` or `translated → held dvcqg-status`.
    package let text: String
    /// How many messages show it; a message counts once however often it does.
    package internal(set) var messages: Int
    /// The first of them.
    package internal(set) var examples: [MessageID]
  }

  /// Messages run through both versions.
  package var compared = 0
  /// Of these the ones that come out the same.
  package var equal = 0
  /// Messages of the filter that this mapping is not given, such as other types.
  package var passedOver = 0
  /// Messages of the filter whose bytes the retention policy has removed.
  package var pruned = 0
  /// The most frequent first.
  package var patterns: [Pattern] = []

  package init() {}
}
