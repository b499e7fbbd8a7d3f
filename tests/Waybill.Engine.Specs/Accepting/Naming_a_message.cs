using Waybill.Engine.Messages;
using Waybill.Engine.Specs.Databases;
using Xunit;

namespace Waybill.Engine.Specs.Accepting;

public class Naming_a_message
{
    [Fact]
    public void Gives_ids_that_sort_as_they_were_made_and_have_a_number_of_their_own()
    {
        var ids = Enumerable.Range(0, 10_000).Select(n => MessageId.New(Noon.Instant.AddMilliseconds(n / 100))).ToList();

        // The counter starts anywhere, and may begin anew once among so many.
        Assert.InRange(ids.Zip(ids.Skip(1)).Count(pair => pair.First.Number >= pair.Second.Number), 0, 1);
        Assert.Equal(ids.OrderBy(id => id.ToString(), StringComparer.Ordinal), ids.OrderBy(id => id.Number));
        Assert.Equal(ids.Count, ids.Select(id => id.Number).Distinct().Count());
    }

    [Fact]
    public void Writes_a_version_7_id_of_the_millisecond()
    {
        var id = MessageId.New(Noon.Instant).Value;

        Assert.Equal((7, 8), (id.Version, id.Variant & 0xC));
        Assert.Equal(Guid.CreateVersion7(Noon.Instant).ToString()[..13], id.ToString()[..13]);
    }

    [Fact]
    public void Knows_the_first_id_of_an_instant()
    {
        var (before, after) = (MessageId.New(Noon.Instant.AddMilliseconds(-1)), MessageId.New(Noon.Instant));

        Assert.InRange(MessageId.FirstOf(Noon.Instant).Number, before.Number + 1, after.Number);
    }
}
