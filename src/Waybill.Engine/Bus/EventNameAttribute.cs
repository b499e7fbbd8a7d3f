namespace Waybill.Engine.Bus;

/// <summary>Names the event type that a C# type stands for: <c>[EventName("license.issued")]</c>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class EventNameAttribute(string name) : Attribute
{
    /// <summary>The event type.</summary>
    public string Name => name;
}
