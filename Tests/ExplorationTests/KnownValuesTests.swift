import Testing

@testable import Reduction

/// What a program still knows of slots.
@Suite struct KnownValuesTests {
  private var values: KnownValues {
    var values = KnownValues(capacity: 2)
    values.add(7, 1)
    values.add(3, 2)
    return values
  }

  @Test func areThoseOfTheSlotsThatWereAdded() {
    var values = values
    values[7] = 5
    values[4] = 6
    #expect([values[7], values[3], values[4]] == [5, 2, nil])
    #expect(values.initial.map(\.slot) == [7, 3])
    #expect(values.initial.map(\.value) == [1, 2])
  }

  @Test func areRestoredWhereTheyWereForgotten() {
    var values = values
    values[7] = nil
    values[3] = 9
    values.restore(4..<8)
    #expect([values[7], values[3]] == [1, 9])
  }

  @Test func areForgottenWhereOneSideDiffers() {
    var (values, same, other) = (values, values, values)
    same[3] = 2
    other[7] = nil
    values.forget(differingIn: [same, other])
    #expect([values[7], values[3]] == [nil, 2])
  }
}
