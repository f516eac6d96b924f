namespace Tidegate.Core.Resources.OpenSlo.Slis;

/// <summary>What a ratio that is computed already is the ratio of.</summary>
public enum RawRatioType
{
    /// <summary>Good of all.</summary>
    Success,

    /// <summary>Bad of all.</summary>
    Failure,
}
