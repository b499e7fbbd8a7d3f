namespace Waybill.Smtp;

/// <summary>How the connection to a relay is protected.</summary>
public enum RelaySecurity
{
    /// <summary>STARTTLS (RFC 3207) is required: a relay that does not offer it, or fails it, gets neither sign-in nor mail.</summary>
    StartTls,

    /// <summary>TLS from the first octet on (RFC 8314 §3.3), usually on port 465.</summary>
    ImplicitTls,

    /// <summary>Clear text. Credentials are sent in it only to a loopback address; anywhere else signing in is a route fault.</summary>
    None,
}
