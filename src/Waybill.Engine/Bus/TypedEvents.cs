using System.Collections.Concurrent;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Waybill.Engine.Events;

namespace Waybill.Engine.Bus;

/// <summary>How C# types and events become each other: data is JSON with names in snake_case, enums as words.</summary>
internal static class TypedEvents
{
    /// <summary>Where a typed event happened, when its publication says nothing else.</summary>
    public const string OwnSource = "urn:waybill";

    static readonly ConcurrentDictionary<Type, string> Names = new();

    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The event type that a C# type is called by.</summary>
    /// <exception cref="InvalidOperationException">It has no <see cref="EventNameAttribute"/>.</exception>
    public static string NameOf(Type type) => Names.GetOrAdd(type, static one => one.GetCustomAttribute<EventNameAttribute>()?.Name
        ?? throw new InvalidOperationException($"{one.Name} has no [EventName(\"…\")]; give it one, or name the event type explicitly."));

    public static NewEvent ToEvent<TEvent>(TEvent what, Publication? publication)
        where TEvent : notnull => new()
        {
            Source = publication?.Source ?? OwnSource,
            Id = publication?.Id ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            Type = publication?.Type ?? NameOf(typeof(TEvent)),
            Subject = publication?.Subject,
            Time = publication?.Time,
            Data = JsonSerializer.SerializeToElement(what, Json),
        };
}
