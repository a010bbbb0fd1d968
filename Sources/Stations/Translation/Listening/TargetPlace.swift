package import DocumentKit

/// Where in the target document a row wrote: every element from below the root down to its own, each told from its
/// namesakes.
package struct TargetPlace: Sendable, Equatable {
  package struct Step: Sendable, Equatable {
    package let name: TargetName
    package let tag: NodeTag
    /// Which element of the document it is, in document order; the root is 0.
    package let element: Int

    package init(name: TargetName, tag: NodeTag, element: Int) {
      self.name = name
      self.tag = tag
      self.element = element
    }
  }

  package let steps: [Step]
  /// The attribute of the last element, or of the root where there are no steps.
  package let attribute: TargetName?

  package init(steps: [Step], attribute: TargetName? = nil) {
    self.steps = steps
    self.attribute = attribute
  }

  /// Which element of the document it is, or has the attribute.
  package var element: Int { steps.last?.element ?? 0 }
}
