namespace Tidegate.Core.Resources.Objectives.FreezeCalendars;

/// <summary>Changes that a freeze lets through.</summary>
public enum FreezeException
{
    /// <summary>What repairs an outage.</summary>
    P0,

    /// <summary>What closes a hole.</summary>
    Security,
}
