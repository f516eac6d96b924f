using System.Runtime.InteropServices;

namespace Tidegate.Models.Guardrails;

/// <summary>What a detector found.</summary>
/// <param name="Skip">Characters between the place it was asked about and the finding: words that only announce it.</param>
/// <param name="Length">Characters of the finding; 0: nothing.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Found(int Skip, int Length)
{
    /// <summary>Nothing begins here.</summary>
    public static Found Nothing => default;

    /// <summary>So many characters, from here on.</summary>
    public static Found Of(int length) => new(0, length);
}
