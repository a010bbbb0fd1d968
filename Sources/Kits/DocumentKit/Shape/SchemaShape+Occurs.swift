extension SchemaShape {
  /// Whether elements or members may stand in this place that the schema does not name.
  package func allowsOtherElements(in id: Place.ID) -> Bool {
    func holdsWildcard(_ particle: Particle) -> Bool {
      switch particle {
      case .place: false
      case .wildcard(let occurs): occurs.maximum != 0
      case .sequence(let parts, _), .all(let parts, _), .choice(let parts, _): parts.contains(where: holdsWildcard)
      }
    }
    return self[id].content.map(holdsWildcard) ?? false
  }
}

extension SchemaShape.Occurs {
  /// How often something occurs that stands this often in a group that itself occurs `around` often.
  package func inside(_ around: SchemaShape.Occurs) -> SchemaShape.Occurs {
    let maximum: Int? =
      if maximum == 0 || around.maximum == 0 { 0 } else if let maximum, let outer = around.maximum {
        maximum.multipliedReportingOverflow(by: outer).overflow ? nil : maximum * outer
      } else { nil }
    let minimum = minimum.multipliedReportingOverflow(by: around.minimum)
    return SchemaShape.Occurs(minimum.overflow ? .max : minimum.partialValue, maximum)
  }

  /// How often something occurs that stands in two positions of the same sequence.
  func added(to other: SchemaShape.Occurs) -> SchemaShape.Occurs {
    let minimum = minimum.addingReportingOverflow(other.minimum)
    var maximum: Int?
    if let one = self.maximum, let two = other.maximum {
      let sum = one.addingReportingOverflow(two)
      maximum = sum.overflow ? nil : sum.partialValue
    }
    return SchemaShape.Occurs(minimum.overflow ? .max : minimum.partialValue, maximum)
  }
}
