namespace Tidegate.Core.Resources.Guardrails;

/// <summary>What can be looked for.</summary>
public enum DetectType
{
    /// <summary>E-mail addresses.</summary>
    Email,

    /// <summary>Phone numbers: international (<c>+49 151 ...</c>), with a leading 0 and separators, North American.</summary>
    Phone,

    /// <summary>Payment card numbers of 13 to 19 digits whose check digit (Luhn) is right.</summary>
    Card,

    /// <summary>IBANs of the country's length whose check digits (mod 97) are right.</summary>
    Iban,

    /// <summary>Social security numbers of the United States, with separators.</summary>
    UsSsn,

    /// <summary>German tax ids, check digit right.</summary>
    DeTaxId,

    /// <summary>Dutch BSN, eleven-test right.</summary>
    NlBsn,

    /// <summary>National insurance numbers of the United Kingdom.</summary>
    UkNino,

    /// <summary>Keys and secrets: known prefixes (<c>sk-</c>, <c>ghp_</c>, <c>AKIA</c>, ...), JWTs, private keys (PEM), and random text after <c>password=</c> and the like.</summary>
    Secret,

    /// <summary>IPv4 and IPv6 addresses.</summary>
    Ip,

    /// <summary>A regular expression.</summary>
    Regex,

    /// <summary>Words and phrases: names of projects, banned topics.</summary>
    Keyword,

    /// <summary>The value at a place of the request.</summary>
    JsonPath,

    /// <summary>Attempts to talk the model out of its instructions, by heuristics; texts of the system and the developer are not looked at.</summary>
    PromptInjection,
}
