using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Waybill.Testing;

/// <summary>
/// An authenticator with one passkey (WebAuthn Level 3, ES256), and the browser around it. What a cheat would do otherwise can be set.
/// </summary>
public sealed class PasskeyHolder : IDisposable
{
    const byte Present = 1;
    const byte Verified = 4;
    const byte HasCredential = 64;

    readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    byte[] person = [];

    /// <summary>The id that it gives its passkey.</summary>
    public byte[] Credential { get; init; } = RandomNumberGenerator.GetBytes(16);

    /// <summary>Where the browser thinks that it is.</summary>
    public string Origin { get; set; } = "http://localhost:8080";

    /// <summary>What the passkey is made for.</summary>
    public string Domain { get; set; } = "localhost";

    /// <summary>Whether it makes sure who holds it.</summary>
    public bool IsVerified { get; set; } = true;

    /// <summary>How often it was used.</summary>
    public uint Count { get; set; }

    /// <summary>What the browser sends for a new passkey.</summary>
    public string Make(string options)
    {
        using var asked = JsonDocument.Parse(options);
        person = Base64Url.DecodeFromChars(asked.RootElement.GetProperty("user").GetProperty("id").GetString());
        var client = ClientData("webauthn.create", asked);
        byte[] attestation = [0xa3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xa0, .. Text("authData"),
            .. Bytes(AuthenticatorData(HasCredential, AttestedKey()))];
        return Answer(
            new
            {
                clientDataJSON = Base64Url.EncodeToString(client),
                attestationObject = Base64Url.EncodeToString(attestation),
                transports = new[] { "internal" }
            });
    }

    /// <summary>What the browser sends for somebody who signs in.</summary>
    public string Give(string options)
    {
        using var asked = JsonDocument.Parse(options);
        Count++;
        var (client, data) = (ClientData("webauthn.get", asked), AuthenticatorData(0, []));
        var signature = key.SignData(
            [.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Answer(new
        {
            clientDataJSON = Base64Url.EncodeToString(client),
            authenticatorData = Base64Url.EncodeToString(data),
            signature = Base64Url.EncodeToString(signature),
            userHandle = Base64Url.EncodeToString(person),
        });
    }

    public void Dispose() => key.Dispose();

    string Answer(object response) => JsonSerializer.Serialize(new
    {
        id = Base64Url.EncodeToString(Credential),
        rawId = Base64Url.EncodeToString(Credential),
        type = "public-key",
        response,
        clientExtensionResults = new { },
    });

    byte[] ClientData(string type, JsonDocument asked) => JsonSerializer.SerializeToUtf8Bytes(
        new { type, challenge = asked.RootElement.GetProperty("challenge").GetString(), origin = Origin, crossOrigin = false });

    byte[] AuthenticatorData(byte flags, byte[] attested)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(Domain)), (byte)(flags | Present | (IsVerified ? Verified : 0)), .. count,
            .. attested];
    }

    /// <summary>An AAGUID of nobody's, the id, and the public half as a COSE key.</summary>
    byte[] AttestedKey()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [.. new byte[16], 0, (byte)Credential.Length, .. Credential, 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21,
            .. Bytes(point.X!), 0x22, .. Bytes(point.Y!)];
    }

    /// <summary>CBOR (RFC 8949): a text of fewer than 24 octets.</summary>
    static byte[] Text(string text) => [(byte)(0x60 | text.Length), .. Encoding.ASCII.GetBytes(text)];

    /// <summary>CBOR: octets, fewer than 256.</summary>
    static byte[] Bytes(byte[] bytes) => [0x58, (byte)bytes.Length, .. bytes];
}
