using System.Runtime.InteropServices;

namespace Tidegate.Insight.CallLog;

/// <summary>How many calls a step had.</summary>
/// <param name="At">Beginning of the step; of the whole time where there are no steps.</param>
/// <param name="Key">Value of the dimension; empty without one, and for calls that have none.</param>
/// <param name="All">Calls.</param>
/// <param name="Bad">The bad ones among them.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CallCount(DateTimeOffset At, string Key, long All, long Bad);
