namespace Tidegate.Platform.Storage;

/// <summary>Why the state database cannot be used. Traffic does not depend on it; only control does.</summary>
public enum StateFault
{
    /// <summary>It has not been opened yet since the process started.</summary>
    Starting,
    /// <summary>Somebody else holds its lock for longer than we wait.</summary>
    Locked,
    /// <summary>It cannot be reached: server down, file removed, disk error.</summary>
    Gone,
    /// <summary>Its disk is full.</summary>
    Full,
    /// <summary>It can be read but not written.</summary>
    ReadOnly,
    /// <summary>A newer program has migrated it; this one would misread it.</summary>
    NewerSchema,
    /// <summary>Its file is there and is broken: no database, or pages of it are not readable.</summary>
    Damaged,
    /// <summary>It cannot be opened with these settings: wrong path, missing rights.</summary>
    Unusable,
}
