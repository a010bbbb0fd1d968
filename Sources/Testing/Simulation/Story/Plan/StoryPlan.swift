/// The demo as data: who plays, which documents there are, and what happens scene by scene.
package struct StoryPlan: Sendable {
  package struct OneStop: Sendable, Equatable {
    package var party: String
    package var name: String
    package var username: String
    /// Relative to the site folder, as the other files here.
    package var passwordFile: String
  }

  package struct Player: Sendable, Equatable {
    package var party: String
    package var name: String
  }

  /// A document is a template with some members replaced by JSON text.
  package struct Document: Sendable, Equatable {
    package var template: String
    /// The document whose dossier code this one bears; by default its own.
    package var dossier: String
    /// The unit whose code begins its dossier code; nil for that of the plan.
    package var unit: String?
    package var changes: [Change]
  }

  package struct Change: Sendable, Equatable {
    package var member: String
    package var json: String
  }

  package var gateway: String
  package var oneStop: OneStop
  package var operatorKeyFile: String
  package var portal: Player
  /// Where citizens hand in what the gateway fetches.
  package var platform: Player
  package var agencies: [Player]
  /// The unit whose code begins the dossier codes, and the `madonvi` of the calls.
  package var unit: String
  package var agencyCode: String
  package var documents: [String: Document]
  package var templates: [String: [UInt8]]
  package var scenes: [StoryScene]

  /// Those whose simulators the story looks at.
  package var partners: [Player] { [portal, platform] + agencies }

  /// The name a party goes by in the story's lines.
  func name(of party: String) -> String {
    partners.first { $0.party == party }?.name ?? party
  }
}
