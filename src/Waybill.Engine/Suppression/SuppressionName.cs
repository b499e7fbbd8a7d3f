using Waybill.Engine.Storage;
using Waybill.Mime.Addresses;

namespace Waybill.Engine.Suppression;

/// <summary>How somebody names what is on the list: by its id, or by the address.</summary>
public abstract record SuppressionName
{
    private SuppressionName() { }

    /// <summary>By its id.</summary>
    public sealed record ById(Guid Id) : SuppressionName
    {
        internal override string Column => "id";

        internal override void Bind(Parameters parameters) => parameters.Id(Id);
    }

    /// <summary>By the address, for whichever streams it is on the list.</summary>
    public sealed record ByAddress(Address Address) : SuppressionName
    {
        internal override string Column => "address";

        internal override void Bind(Parameters parameters) => parameters.Text(CanonicalAddress.Of(Address));
    }

    internal abstract string Column { get; }

    internal abstract void Bind(Parameters parameters);

    /// <summary>Reads an id or an address; null when it is neither.</summary>
    public static SuppressionName? Read(string text)
    {
        if (Guid.TryParseExact(text, "D", out var id)) return new ById(id);
        return Address.TryParse(text, out var address, out _) ? new ByAddress(address) : null;
    }
}
