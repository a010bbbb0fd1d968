import DocumentKit

/// How the choices that a schema leaves are decided.
struct SamplePlan {
  /// A particle inside the content of a place: the way of indexes to it.
  struct ParticleKey: Hashable {
    let place: SchemaShape.Place.ID
    let path: [Int]
  }

  enum Fill {
    /// By chance.
    case random
    /// Everything once.
    case full
    /// What must be there and nothing else.
    case minimal
  }

  var fill: Fill = .random
  var branches: [ParticleKey: Int] = [:]
  var counts: [ParticleKey: Int] = [:]
  var texts: [SchemaShape.Place.ID: SampleScalar] = [:]
  /// Places on the way to what the plan is about; they are not left null.
  var onTheWay: Set<SchemaShape.Place.ID> = []
  var absentAttributes: Set<SchemaShape.Place.ID> = []
  var hints = SampleHints()
}

/// A text with the JSON type it is written as; untagged for XML.
struct SampleScalar: Equatable {
  var kind: NodeTag.Kind
  var text: String
}
