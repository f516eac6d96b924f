namespace Tidegate.Platform.Storage.Engines;

/// <summary>One sentence per fault for callers; addresses and driver messages go to the log only.</summary>
internal static class FaultText
{
    public static string Of(StateFault fault) => fault switch
    {
        StateFault.Locked => "The state database is locked by somebody else.",
        StateFault.Gone => "The state database cannot be reached.",
        StateFault.Full => "The disk of the state database is full.",
        StateFault.ReadOnly => "The state database can be read but not written.",
        StateFault.Damaged => "The state database is damaged: restore it from a backup, or move it away to begin with a new one.",
        _ => "The state database cannot be opened with these settings; the log says why.",
    };
}
