/// What a step exchanges with somebody who is no agency: contents of level 4.
package enum StepExchange: String, Sendable, CaseIterable {
  /// Nothing of the kind: its agency handles the dossier.
  case none
  /// The citizen pays through the party, whose word that it is paid ends the step. The clock stands meanwhile.
  case payment
  /// The party takes the result to the citizen; the dossier is handled when nothing but this is left.
  case post
}
