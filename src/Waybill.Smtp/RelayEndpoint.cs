using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Waybill.Smtp;

/// <summary>Where a relay is and how it is spoken to.</summary>
public sealed record RelayEndpoint
{
    /// <summary>A host name or an IP address; the certificate must be made out to it.</summary>
    public required string Host { get; init; }

    /// <summary>The TCP port; default 587 (submission, RFC 6409).</summary>
    public int Port { get; init; } = 587;

    /// <summary>How the connection is protected; default <see cref="RelaySecurity.StartTls"/>.</summary>
    public RelaySecurity Security { get; init; } = RelaySecurity.StartTls;

    /// <summary>Whom to sign in as; null: no sign-in. With it, a relay that offers no AUTH is a route fault.</summary>
    public string? User { get; init; }

    /// <summary>The password to <see cref="User"/>.</summary>
    public string? Password { get; init; }

    /// <summary>The name we introduce ourselves with in EHLO: a full host name or an address literal (RFC 5321 §4.1.4).</summary>
    public required string HeloName { get; init; }

    /// <summary>
    /// For private relays: when set, these certificate authorities are trusted and no others. Default null: those of the system.
    /// </summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>
    /// Says, in a clause with the address as its subject, why an address may not be connected to, and null where it may. Asked about every
    /// address that the host has, just before the first is connected to. Default null: the relay may be anywhere.
    /// </summary>
    public Func<IPAddress, string?>? Objection { get; init; }

    /// <summary>How long each step may take.</summary>
    public SmtpTimeouts Timeouts { get; init; } = new();

    /// <summary>The endpoint as people write it. Never the password.</summary>
    public override string ToString() => User is null ? $"{Scheme}://{Host}:{Port}" : $"{Scheme}://{User}@{Host}:{Port}";

    string Scheme => Security switch
    {
        RelaySecurity.ImplicitTls => "smtps",
        RelaySecurity.StartTls => "smtp+starttls",
        _ => "smtp",
    };
}
