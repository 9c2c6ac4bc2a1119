// Names: every enumerator has one, and reads back as itself.
#include "core/names.h"

#include <gtest/gtest.h>

namespace sockspec {
namespace {

// Sees whether the enumerators from 0 to `last` stand in their table.
template <class E>
::testing::AssertionResult all_named(E last) {
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    const auto value = static_cast<E>(i);
    if (value_of<E>(name_of(value)) != value) {
      return ::testing::AssertionFailure() << "enumerator " << i << " is " << name_of(value);
    }
  }
  if (names<E>().size() == static_cast<std::size_t>(last) + 1) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << "the table is longer than the enumeration";
}

TEST(NamesTest, EveryEnumeratorHasANameThatReadsBack) {
  EXPECT_TRUE(all_named(Transport::Udp));
  EXPECT_TRUE(all_named(Transform::Chargen));
  EXPECT_TRUE(all_named(LetterCase::Either));
  EXPECT_TRUE(all_named(Framing::Line));
  EXPECT_TRUE(all_named(Encoding::Utf8));
  EXPECT_TRUE(all_named(Concurrency::Sequential));
  EXPECT_TRUE(all_named(Ending::Message));
  EXPECT_TRUE(all_named(Level::May));
  EXPECT_TRUE(all_named(Axis::Latency));
  EXPECT_TRUE(all_named(Barrier::Received));
  EXPECT_TRUE(all_named(Outcome::NotRun));
  EXPECT_TRUE(all_named(Resource::Zombies));
  EXPECT_TRUE(all_named(ServerAct::StartSecond));
}

TEST(NamesTest, AnUnknownNameIsNone) { EXPECT_EQ(value_of<Level>("shall"), std::nullopt); }

}  // namespace
}  // namespace sockspec
