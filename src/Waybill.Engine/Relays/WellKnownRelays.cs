namespace Waybill.Engine.Relays;

/// <summary>The relays that the settings make, by ids that are the same on every instance, so that a brand can name them.</summary>
public static class WellKnownRelays
{
    /// <summary>The default relay. A message without a relay of its own goes by it.</summary>
    public static Guid Default { get; } = new("00000000-0000-7000-8000-000000000001");

    /// <summary>Resend as the settings name it, where SMTP is the default relay (SMTP_HOST and Email:Provider=resend).</summary>
    public static Guid Resend { get; } = new("00000000-0000-7000-8000-000000000002");
}
