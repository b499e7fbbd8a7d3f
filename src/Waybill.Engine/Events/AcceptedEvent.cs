using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Waybill.Engine.Accepting;
using Waybill.Engine.Bus;
using Waybill.Engine.Journal;
using Waybill.Engine.Tenancy;

namespace Waybill.Engine.Events;

/// <summary>A new event with all that its rows need and all that it causes, worked out before the unit of work begins.</summary>
internal sealed class AcceptedEvent
{
    readonly byte[] plain;
    readonly List<string> secretPaths = [];

    public AcceptedEvent(
        TenantId tenant, NewEvent e, EventType? type, IReadOnlyList<Subscription> subscriptions, EventSeal seal, TimeProvider clock)
    {
        (Tenant, Event, Subscriptions) = (tenant, e, subscriptions);
        var now = clock.GetUtcNow();
        AcceptedAt = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)); // as the database keeps it, for the row's hash covers it
        Id = new EventKey(Guid.CreateVersion7(AcceptedAt));
        var data = e.DataBytes();
        Fingerprint = seal.Fingerprint(e, data);
        plain = data;
        Data = Packed.Pack(data);
        if (type is not null) Conceal(type.SecretPaths, type.Lifetime, seal);
        ExtensionsJson = e.Extensions.Count == 0
            ? null
            : JsonSerializer.Serialize(e.Extensions, EventJson.Default.IReadOnlyDictionaryStringJsonElement);
        Salt = RandomNumberGenerator.GetBytes(16);
    }

    public EventKey Id { get; }

    public TenantId Tenant { get; }

    public NewEvent Event { get; }

    public IReadOnlyList<Subscription> Subscriptions { get; }

    public DateTimeOffset AcceptedAt { get; }

    /// <summary>As it is stored: masked and packed.</summary>
    public byte[] Data { get; private set; }

    public byte[]? Sealed { get; private set; }

    public DateTimeOffset? SealedUntil { get; private set; }

    public byte[] Fingerprint { get; }

    public string? ExtensionsJson { get; }

    public byte[] Salt { get; }

    public byte[] RowHash => HashRow();

    /// <summary>The messages that routes made of it.</summary>
    public IReadOnlyList<AcceptedMessage> Messages { get; private set; } = [];

    /// <summary>The same, after the suppression list was asked within the unit of work.</summary>
    public IReadOnlyList<ClearedMessage> Cleared { get; private set; } = [];

    /// <summary>The routes that could not.</summary>
    public IReadOnlyList<RouteFault> Faults { get; private set; } = [];

    /// <summary>Masks further values; where handlers need them they are sealed, and with no handler nobody would ever open them.</summary>
    public void Conceal(IReadOnlyList<string> paths, TimeSpan lifetime, EventSeal seal)
    {
        secretPaths.AddRange(paths);
        if (SecretPaths.MaskIn(plain, secretPaths) is not { } masked) return;
        Data = Packed.Pack(masked);
        if (Subscriptions.Count == 0) return;
        SealedUntil = SealedUntil < AcceptedAt + lifetime ? SealedUntil : AcceptedAt + lifetime; // the shortest lifetime counts
        Sealed ??= seal.Seal(Id, Packed.Pack(plain));
    }

    /// <summary>Notes what its routes came to; once, before its rows are written.</summary>
    public void Note(IReadOnlyList<AcceptedMessage> messages, IReadOnlyList<RouteFault> faults) => (Messages, Faults) = (messages, faults);

    /// <summary>Notes what became of its messages; again when its unit of work runs twice.</summary>
    public void Note(IReadOnlyList<ClearedMessage> cleared) => Cleared = cleared;

    /// <summary>Covers what never changes again, each field with its length so that none can run into the next.</summary>
    byte[] HashRow()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Salt);
        foreach (var text in (ReadOnlySpan<string?>)[$"{Tenant}/{Id}/{AcceptedAt.UtcTicks}", Event.Source, Event.Id, Event.Type,
            Event.Subject, ExtensionsJson])
            Append(hash, Encoding.UTF8.GetBytes(text ?? ""));
        Append(hash, Data);
        return hash.GetHashAndReset();
    }

    static void Append(IncrementalHash hash, ReadOnlySpan<byte> field)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
        hash.AppendData(length);
        hash.AppendData(field);
    }
}
