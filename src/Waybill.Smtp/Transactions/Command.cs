using System.Runtime.InteropServices;
using Waybill.Mime.Addresses;

namespace Waybill.Smtp.Transactions;

/// <summary>One command of a mail transaction, and which recipient it is about.</summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct Command(CommandVerb Verb, string Line, int Recipient = -1)
{
    public static Command Reset { get; } = new(CommandVerb.Rset, "RSET");

    public static Command Data { get; } = new(CommandVerb.Data, "DATA");

    /// <summary>RFC 5321 §4.1.1.2, with the parameters of RFC 1870 and RFC 6531.</summary>
    public static Command Mail(Address? reversePath, long? size, bool smtpUtf8) =>
        new(CommandVerb.Mail, $"MAIL FROM:<{reversePath}>{(size is { } octets ? $" SIZE={octets}" : "")}{(smtpUtf8 ? " SMTPUTF8" : "")}");

    /// <summary>RFC 5321 §4.1.1.3.</summary>
    public static Command Rcpt(Address recipient, int index) => new(CommandVerb.Rcpt, $"RCPT TO:<{recipient}>", index);

    public DialogueStage Stage => Verb switch
    {
        CommandVerb.Rcpt => DialogueStage.Recipients,
        CommandVerb.Data => DialogueStage.Data,
        _ => DialogueStage.Sender,
    };
}

/// <summary>The verbs of a mail transaction.</summary>
enum CommandVerb
{
    Rset,
    Mail,
    Rcpt,
    Data,
}
