// A destination holds filled-in secrets; printing or dumping one shows whom it is for and nothing of them.

extension Destination: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "destination \(party) (\(profile))" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
