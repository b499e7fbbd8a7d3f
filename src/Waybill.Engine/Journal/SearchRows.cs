using Waybill.Engine.Messages;
using Waybill.Engine.Storage;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Journal;

/// <summary>What a message is found by.</summary>
internal sealed record SearchEntry(
    MessageId Message, TenantId Tenant, IReadOnlyList<string> Addresses, string Subject, IReadOnlyList<Tag> Tags);

/// <summary>The rows that messages are found by, written with them and removed with them.</summary>
internal static class SearchRows
{
    const string Words = "INSERT INTO message_words (rowid, addresses, subject, message_id) VALUES ($1, $2, $3, $4)";

    const string TagRow = "INSERT INTO message_tags (tenant_id, name, value, message_id) VALUES ($1, $2, $3, $4)";

    public static async ValueTask AppendAsync(Session session, IReadOnlyList<SearchEntry> entries)
    {
        await session.InsertManyAsync(
            Words,
            entries,
            (p, entry) => p.Number(entry.Message.Number).Text(SearchWords.Joined(string.Join(' ', entry.Addresses)))
                .Text(SearchWords.Joined(entry.Subject)).Id(entry.Message.Value),
            CancellationToken.None);
        await session.InsertManyAsync(
            TagRow,
            [.. entries.SelectMany(entry => entry.Tags.Distinct(), (entry, tag) => (entry.Tenant, entry.Message, Tag: tag))],
            (p, row) => p.Id(row.Tenant.Value).Text(row.Tag.Name).Text(row.Tag.Value).Id(row.Message.Value),
            CancellationToken.None);
    }

    public static async ValueTask RemoveAsync(Session session, IReadOnlyList<MessageId> messages)
    {
        await session.ExecuteManyAsync(
            "DELETE FROM message_words WHERE rowid = $1 AND message_id = $2",
            messages,
            (p, message) => p.Number(message.Number).Id(message.Value),
            CancellationToken.None);
        await session.ExecuteManyAsync(
            "DELETE FROM message_tags WHERE message_id = $1", messages, (p, message) => p.Id(message.Value), CancellationToken.None);
    }
}
