namespace Waybill.RacketBook.Emitting;

/// <summary>Why a receipt is emitted.</summary>
public enum EmitKind
{
    /// <summary>The racket was strung for the first time.</summary>
    Initial,

    /// <summary>Something on the receipt was changed, or the racket was strung anew.</summary>
    AutoReEmit,

    /// <summary>The stringer asked for it.</summary>
    ManualReEmit,

    /// <summary>An admin asked for it.</summary>
    AdminReEmit,
}

/// <summary>The words for <see cref="EmitKind"/>.</summary>
public static class EmitKinds
{
    /// <summary>The word in log, API and texts.</summary>
    public static string Word(this EmitKind kind) => kind switch
    {
        EmitKind.Initial => "initial",
        EmitKind.AutoReEmit => "auto_re_emit",
        EmitKind.ManualReEmit => "manual_re_emit",
        EmitKind.AdminReEmit => "admin_re_emit",
        _ => throw new System.Diagnostics.UnreachableException($"No word for {kind}."),
    };

    /// <summary>Whether somebody asked for it; then a self-job is mailed too.</summary>
    public static bool IsAskedFor(this EmitKind kind) => kind is EmitKind.ManualReEmit or EmitKind.AdminReEmit;
}
