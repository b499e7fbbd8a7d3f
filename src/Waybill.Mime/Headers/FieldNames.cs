using System.Collections.Frozen;

namespace Waybill.Mime.Headers;

/// <summary>What is known about header fields by their names.</summary>
static class FieldNames
{
    static readonly FrozenSet<string> Ours = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "From", "Sender", "To", "Cc", "Bcc", "Reply-To", "Subject", "Date",
        "Message-ID", "MIME-Version", "Return-Path", "Received", "DKIM-Signature");

    static readonly FrozenSet<string> Machines = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "References", "In-Reply-To", "Auto-Submitted", "Precedence", "Feedback-ID",
        "Disposition-Notification-To", "Supersedes", "Importance", "Priority");

    /// <summary>Fields that Waybill or the transport writes, and nobody else may.</summary>
    internal static bool AreOurs(string name) => Ours.Contains(name) || Starts(name, "Content-") || Starts(name, "Resent-");

    /// <summary>Fields with a grammar of their own, in which an encoded-word would be noise.</summary>
    internal static bool AreReadByMachines(string name) => Machines.Contains(name) || Starts(name, "List-");

    static bool Starts(string name, string prefix) => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
}
