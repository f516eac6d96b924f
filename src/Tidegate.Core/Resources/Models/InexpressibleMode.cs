namespace Tidegate.Core.Resources.Models;

/// <summary>What happens to fields that a target's format cannot express.</summary>
public enum InexpressibleMode
{
    /// <summary>400 naming them.</summary>
    Refuse,

    /// <summary>They are left out; the answer's <c>X-Tidegate-Dropped</c> header names them.</summary>
    Drop,
}
