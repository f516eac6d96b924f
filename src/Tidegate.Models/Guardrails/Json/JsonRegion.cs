namespace Tidegate.Models.Guardrails.Json;

/// <summary>What a part of a JSON document says.</summary>
internal enum JsonRegion
{
    /// <summary>No text.</summary>
    None,

    /// <summary>Texts, beside words of the protocol.</summary>
    Text,

    /// <summary>Texts of the system or the developer.</summary>
    Instructions,

    /// <summary>What the model thought.</summary>
    Thoughts,

    /// <summary>Data of tools: every string and number is of interest.</summary>
    Free,

    /// <summary>A field of requests that is not known: every string is a text.</summary>
    Unknown,

    /// <summary>Settings, with texts among them.</summary>
    Settings,
}
