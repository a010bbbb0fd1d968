/// What a party of the site can do in procedures.
package struct PartyAbilities: Sendable, Equatable {
  /// Whether a mapping writes dossiers for it.
  package var takesDossiers: Bool
  /// Whether it tells what becomes of them.
  package var tellsProgress: Bool

  package init(takesDossiers: Bool, tellsProgress: Bool) {
    self.takesDossiers = takesDossiers
    self.tellsProgress = tellsProgress
  }
}
