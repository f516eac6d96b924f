using System.Runtime.InteropServices;

namespace Tidegate.Models.Formats;

/// <summary>Which of the answers in a stream have begun, and which have ended: it is whole when none is left open. Mutable; those beyond the 128th are not told apart.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct ChoiceProgress
{
    private UInt128 _begun, _ended;

    /// <summary>An answer has ended, and so have all others that began.</summary>
    public readonly bool IsWhole => _ended != 0 && (_begun & ~_ended) == 0;

    /// <summary>Something of an answer has come.</summary>
    public void Begin(long choice) => _begun |= Bit(choice);

    /// <summary>An answer has said why it ends.</summary>
    public void End(long choice) => _ended |= Bit(choice);

    private static UInt128 Bit(long choice) => UInt128.One << (int)Math.Clamp(choice, 0, 127);
}
